"""The suite's data: editions, requirements, surfaces and cases, read, checked and expanded."""
