"""The studies that ship, one YAML file each."""
