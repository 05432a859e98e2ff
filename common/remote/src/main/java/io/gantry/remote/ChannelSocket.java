package io.gantry.remote;

import com.jcraft.jsch.ChannelDirectStreamLocal;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketOption;
import java.net.SocketOptions;
import org.jspecify.annotations.Nullable;

/** A unix socket on another machine, reached within an SSH session. Nothing listens on this machine for it. */
final class ChannelSocket extends SocketImpl {
    private final SshSession session;
    private final String path;
    private final ChannelInput input = new ChannelInput();
    private @Nullable ChannelDirectStreamLocal channel;
    private @Nullable OutputStream output;

    private ChannelSocket(SshSession session, String path) {
        this.session = session;
        this.path = path;
    }

    /** It opens when it is connected, whatever the address. */
    static Socket to(SshSession session, String path) throws SocketException {
        return new Socket(new ChannelSocket(session, path)) {};
    }

    @Override
    protected void connect(SocketAddress anywhere, int timeoutMillis) throws IOException {
        ChannelDirectStreamLocal opened = session.openUnixSocket(path, input.sink());
        channel = opened;
        output = new SentAtOnce(opened.getOutputStream());
    }

    @Override
    protected void connect(String host, int port) throws IOException {
        connect(InetAddress.getLoopbackAddress(), port);
    }

    @Override
    protected void connect(InetAddress address, int port) throws IOException {
        throw new SocketException("A channel has no address");
    }

    @Override
    protected InputStream getInputStream() {
        return input;
    }

    @Override
    protected OutputStream getOutputStream() throws IOException {
        if (output == null) {
            throw new SocketException("Not connected");
        }
        return output;
    }

    @Override
    protected int available() {
        return input.available();
    }

    @Override
    protected void close() {
        input.close();
        if (channel != null) {
            channel.disconnect();
        }
    }

    @Override
    public void setOption(int option, Object value) {
        if (option == SocketOptions.SO_TIMEOUT) {
            input.timeout((Integer) value);
        }
    }

    @Override
    protected <T> void setOption(SocketOption<T> option, T value) {
        // What there is to set of TCP, the session has set.
    }

    @Override
    public Object getOption(int option) {
        return option == SocketOptions.SO_TIMEOUT ? input.timeout() : 0;
    }

    @Override
    protected void create(boolean stream) {
        // The channel opens on connect.
    }

    @Override
    protected void bind(InetAddress host, int port) throws IOException {
        throw new SocketException("A channel is not bound");
    }

    @Override
    protected void listen(int backlog) throws IOException {
        throw new SocketException("A channel does not listen");
    }

    @Override
    protected void accept(SocketImpl incoming) throws IOException {
        throw new SocketException("A channel does not listen");
    }

    @Override
    protected void sendUrgentData(int data) throws IOException {
        throw new SocketException("A channel has no urgent data");
    }

    /** {@link Socket} passes writes on, but not flushes; whoever writes to a socket has gathered its bytes already. */
    private static final class SentAtOnce extends FilterOutputStream {
        SentAtOnce(OutputStream channel) {
            super(channel);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            out.write(source, offset, length);
            out.flush();
        }

        @Override
        public void write(int one) throws IOException {
            out.write(one);
            out.flush();
        }
    }
}
