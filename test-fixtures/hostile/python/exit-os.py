# Tries: to end the process with success before its tests have ended
# Label: forbidden-syntax
# Without the denylist: exited-early, crashed, failed
    import os
    os._exit(0)
