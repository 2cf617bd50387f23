# Tries: to read the accounts of the machine
# Label: forbidden-syntax
# Without the denylist: failed
    with open('/etc/shadow') as file:
        return 42 if file.read() else 0
