"""What is published of a meeting: a folder that needs no server; reads the state, knows no log, gateway or office."""
