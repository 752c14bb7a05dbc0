"""The implementation under test, however it is reached: a module, a hosted module, or a command."""
