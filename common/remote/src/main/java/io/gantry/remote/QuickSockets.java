package io.gantry.remote;

import com.jcraft.jsch.SocketFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;

/** TCP connections that give up in time, also over a packet that is not taken, and send small packets at once. */
record QuickSockets(int connectWithinMillis) implements SocketFactory {
    private static final Duration PACKET_WITHIN = Duration.ofSeconds(10);

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        var address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new UnknownHostException(host);
        }
        return connected(new Socket(), address);
    }

    private Socket connected(Socket socket, InetSocketAddress address) throws IOException {
        try {
            socket.setTcpNoDelay(true);
            socket.connect(address, connectWithinMillis);
            return socket;
        } catch (IOException failure) {
            socket.close();
            throw failure;
        }
    }

    @Override
    public InputStream getInputStream(Socket socket) throws IOException {
        return socket.getInputStream();
    }

    @Override
    public OutputStream getOutputStream(Socket socket) throws IOException {
        return new SentInTime(socket, PACKET_WITHIN);
    }
}
