import { app, trigger, type InvocationContext } from '@azure/functions';

interface Todo {
  id: number;
  task: string;
}

const todos: Todo[] = [];

app.generic('AddTodo', {
  trigger: trigger.generic({
    type: 'assistantSkillTrigger',
    functionDescription: 'Create a new todo task',
  }),
  handler: async (taskDescription: string, context: InvocationContext): Promise<void> => {
    context.log(`A new task: ${taskDescription}`);
    todos.push({ id: todos.length + 1, task: taskDescription });
  },
});
