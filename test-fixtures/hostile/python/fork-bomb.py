# Tries: to multiply without end
# Label: forbidden-syntax
# Without the denylist: timeout, crashed, failed, out-of-memory
    import os
    while True:
        os.fork()
