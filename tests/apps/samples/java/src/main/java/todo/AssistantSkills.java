package todo;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.openai.annotation.assistant.AssistantSkillTrigger;

public class AssistantSkills {
    @FunctionName("AddTodo")
    public void addTodo(
            @AssistantSkillTrigger(
                name = "taskDescription",
                functionDescription = "Create a new todo task"
            ) String taskDescription,
            final ExecutionContext context) {
        context.getLogger().info("A new task: " + taskDescription);
    }
}
