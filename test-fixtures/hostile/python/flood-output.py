# Tries: to print without end
# Label: too-much-output, timeout, out-of-memory, failed
    while True:
        print('x' * 1000)
