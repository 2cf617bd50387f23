# Tries: to write an answer of its own
# Label: forbidden-syntax
# Without the denylist: forged-report, crashed, failed
    import os
    for descriptor in range(3, 10):
        try:
            os.write(descriptor, b'nonce {}\n')
        except OSError:
            pass
    return 41
