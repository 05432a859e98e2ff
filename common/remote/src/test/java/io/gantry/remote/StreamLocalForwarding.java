package io.gantry.remote;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.channel.ChannelOutputStream;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.channel.AbstractServerChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What OpenSSH does for {@code direct-streamlocal@openssh.com}: a channel to a unix socket of the server. */
final class StreamLocalForwarding implements ChannelFactory {
    private static final Logger LOG = LoggerFactory.getLogger(StreamLocalForwarding.class);

    @Override
    public String getName() {
        return "direct-streamlocal@openssh.com";
    }

    @Override
    public Channel createChannel(Session session) {
        return new ToUnixSocket();
    }

    private static final class ToUnixSocket extends AbstractServerChannel {
        private SocketChannel socket;
        private ChannelOutputStream answers;

        ToUnixSocket() {
            super("", List.of(), null);
        }

        @Override
        protected OpenFuture doInit(Buffer buffer) {
            OpenFuture opened = new DefaultOpenFuture(this, this);
            try {
                socket = SocketChannel.open(StandardProtocolFamily.UNIX);
                addCloseFutureListener(_ -> closeSocket());
                socket.connect(UnixDomainSocketAddress.of(buffer.getString()));
                answers = new ChannelOutputStream(
                        this, getRemoteWindow(), Duration.ofSeconds(30), LOG, SshConstants.SSH_MSG_CHANNEL_DATA, true);
                signalChannelOpenSuccess();
                opened.setOpened();
                Thread.ofVirtual().start(this::carryAnswers);
            } catch (IOException refused) {
                opened.setException(new SshChannelOpenException(
                        getChannelId(), SshConstants.SSH_OPEN_CONNECT_FAILED, refused.getMessage(), refused));
            }
            return opened;
        }

        private void carryAnswers() {
            ByteBuffer buffer = ByteBuffer.allocate(16_384);
            try {
                while (socket.read(buffer) >= 0) {
                    answers.write(buffer.array(), 0, buffer.position());
                    answers.flush();
                    buffer.clear();
                }
            } catch (IOException ended) {
                LOG.debug("A forwarded connection ended", ended);
            }
            close(false);
        }

        @Override
        protected void doWriteData(byte[] data, int offset, long length) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(data, offset, (int) length);
            while (buffer.hasRemaining()) {
                socket.write(buffer);
            }
            getLocalWindow().release(length);
        }

        @Override
        protected void doWriteExtendedData(byte[] data, int offset, long length) {
            throw new UnsupportedOperationException("Such a channel has one stream");
        }

        private void closeSocket() {
            try {
                socket.close();
            } catch (IOException failure) {
                LOG.debug("Closing a forwarded connection", failure);
            }
        }
    }
}
