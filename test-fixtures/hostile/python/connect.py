# Tries: to reach a server on this machine
# Label: forbidden-syntax
# Without the denylist: failed
    import socket
    socket.create_connection(('127.0.0.1', %PORT%), timeout=1)
    return 42
