# Tries: to read a file beside the workspace
# Label: forbidden-syntax
# Without the denylist: failed
    with open('%OUTSIDE%/secret.txt') as file:
        return 42 if file.read() == 'secret' else 0
