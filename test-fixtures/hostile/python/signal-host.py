# Tries: to kill the process that grades it
# Label: forbidden-syntax
# Without the denylist: failed
    import os
    os.kill(%PARENT%, 9)
    return 42
