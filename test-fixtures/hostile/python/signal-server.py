# Tries: to kill the process that it was forked from
# Label: forbidden-syntax
# Without the denylist: failed, crashed, timeout, infrastructure
    import os
    os.kill(os.getppid(), 9)
    return 41
