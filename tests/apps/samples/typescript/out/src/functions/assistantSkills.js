import { app, trigger } from '@azure/functions';
const todos = [];
app.generic('AddTodo', {
    trigger: trigger.generic({
        type: 'assistantSkillTrigger',
        functionDescription: 'Create a new todo task',
    }),
    handler: async (taskDescription, context) => {
        context.log(`A new task: ${taskDescription}`);
        todos.push({ id: todos.length + 1, task: taskDescription });
    },
});
//# sourceMappingURL=assistantSkills.js.map