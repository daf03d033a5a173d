"""The command `discourse` as ``python -m discourse``."""

from discourse.cli import main

if __name__ == "__main__":
    main()
