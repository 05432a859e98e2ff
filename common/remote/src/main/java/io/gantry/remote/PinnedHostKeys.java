package io.gantry.remote;

import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.UserInfo;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** Knows one machine by one key, learns nothing, forgets nothing. */
final class PinnedHostKeys implements HostKeyRepository {
    private static final com.jcraft.jsch.HostKey[] NONE = {};

    private final SshTarget target;

    PinnedHostKeys(SshTarget target) {
        this.target = target;
    }

    @Override
    public int check(String host, byte[] key) {
        return MessageDigest.isEqual(key, target.hostKey().bytes()) ? OK : CHANGED;
    }

    @Override
    public com.jcraft.jsch.HostKey[] getHostKey() {
        return getHostKey(target.host(), null);
    }

    @Override
    public com.jcraft.jsch.HostKey[] getHostKey(@Nullable String host, @Nullable String type) {
        if (type != null && !type.equals(target.hostKey().type())) {
            return NONE;
        }
        try {
            return new com.jcraft.jsch.HostKey[] {
                new com.jcraft.jsch.HostKey(target.host(), target.hostKey().bytes())
            };
        } catch (JSchException unreadable) {
            throw new IllegalArgumentException("The host key pinned for " + target + " can't be read", unreadable);
        }
    }

    @Override
    public String getKnownHostsRepositoryID() {
        return "pinned at provisioning";
    }

    @Override
    public void add(com.jcraft.jsch.HostKey key, @Nullable UserInfo user) {
        throw new UnsupportedOperationException("Host keys are pinned at provisioning");
    }

    @Override
    public void remove(String host, @Nullable String type) {
        throw new UnsupportedOperationException("Host keys are pinned at provisioning");
    }

    @Override
    public void remove(String host, @Nullable String type, byte[] key) {
        throw new UnsupportedOperationException("Host keys are pinned at provisioning");
    }
}
