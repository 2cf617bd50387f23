# Tries: to leave by an exception that means success
# Label: forbidden-syntax
# Without the denylist: failed, crashed, exited-early
    import sys
    sys.exit(0)
