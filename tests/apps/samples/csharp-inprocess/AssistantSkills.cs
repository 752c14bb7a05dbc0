using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Extensions.OpenAI.Assistants;

namespace TodoAssistant;

public static class AssistantSkills
{
    [FunctionName(nameof(AddTodo))]
    public static Task AddTodo([AssistantSkillTrigger("Create a new todo task")] string taskDescription) =>
        File.AppendAllLinesAsync("todos.txt", new[] { taskDescription });
}
