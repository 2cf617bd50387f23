# Tries: to fill the disk
# Label: forbidden-syntax
# Without the denylist: failed, crashed
    for number in range(64):
        with open(f'/tmp/{number}', 'wb') as file:
            file.write(bytes(1 << 22))
    return 42
