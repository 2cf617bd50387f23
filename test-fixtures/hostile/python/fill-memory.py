# Tries: to fill memory
# Label: out-of-memory, failed, crashed
    everything = []
    while True:
        everything.append(bytearray(1 << 24))
