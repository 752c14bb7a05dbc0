using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.OpenAI.Assistants;

namespace TodoAssistant;

public class AssistantSkills
{
    [Function(nameof(AddTodo))]
    public Task AddTodo([AssistantSkillTrigger("Create a new todo task")] string taskDescription) =>
        File.AppendAllLinesAsync("todos.txt", new[] { taskDescription });
}
