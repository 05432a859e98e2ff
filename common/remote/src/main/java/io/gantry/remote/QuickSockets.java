package io.gantry.remote;

import com.jcraft.jsch.SocketFactory;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;

/**
 * A session's TCP connection: gives up in time, also over a packet that is not taken, sends small packets at once, and knows whether the
 * other side ended it.
 */
final class QuickSockets implements SocketFactory {
    private static final Duration PACKET_WITHIN = Duration.ofSeconds(10);

    private final int connectWithinMillis;
    private volatile boolean brokenOff;

    QuickSockets(int connectWithinMillis) {
        this.connectWithinMillis = connectWithinMillis;
    }

    /** Whether there was nothing more to be read where more was expected. */
    boolean isBrokenOff() {
        return brokenOff;
    }

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
        return new Watched(socket.getInputStream());
    }

    @Override
    public OutputStream getOutputStream(Socket socket) throws IOException {
        return new SentInTime(socket, PACKET_WITHIN);
    }

    private final class Watched extends FilterInputStream {
        Watched(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = -1;
            try {
                count = in.read(target, offset, length);
            } finally {
                brokenOff |= count < 0;
            }
            return count;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }
    }
}
