# Tries: to leave by an exception that means success
# Label: forbidden-syntax
# Without the denylist: failed, crashed, exited-early
    raise SystemExit(0)
