package todo;

import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.openai.annotation.assistant.AssistantSkillTrigger;

/** Three skills: one with only what is required, one with every parameter, one named by a setting. */
public class AssistantSkills {

    @FunctionName("AddTodo")
    public void addTodo(
        @AssistantSkillTrigger(name = "taskDescription", functionDescription = "Create a new todo task")
        String taskDescription) {
    }

    @FunctionName("FindTodos")
    public String findTodos(
        @AssistantSkillTrigger(
            name = "filter",
            functionName = "find_todos",
            functionDescription = "Find todo tasks by their text, \"quoted\" or not – später auch",
            parameterDescriptionJson = "{\"type\":\"object\",\"properties\":{\"filter\":{\"type\":\"string\"}},\"required\":[\"filter\"]}")
        String filter) {
        return "[]";
    }

    @FunctionName("CountTodos")
    public int countTodos(
        @AssistantSkillTrigger(
            name = "done",
            functionName = "%COUNT_SKILL%",
            functionDescription = "Count the todo tasks",
            parameterDescriptionJson = "")
        boolean done) {
        return 0;
    }
}
