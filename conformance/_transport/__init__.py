"""How requests reach the scripted service: interception in this process, or a server on loopback."""
