const { app, trigger } = require('@azure/functions');

app.generic('AddTodo', {
  trigger: trigger.generic({
    type: 'assistantSkillTrigger',
    functionDescription: 'Create a new todo task',
  }),
  handler: async (taskDescription, context) => {
    context.log(`A new task: ${taskDescription}`);
  },
});
