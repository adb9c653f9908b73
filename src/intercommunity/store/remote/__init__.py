"""The way to the process that owns the logs, for other processes of the same machine: a unix socket for its owner."""
