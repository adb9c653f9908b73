"""What a language writes with capitals and no locale data says, one module a language; knows nothing else."""
