"""The command line's commands, one file each: `configure(parser)` and `run(arguments) -> exit status`."""
