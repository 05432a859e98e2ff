package io.gantry.deployer.rollout;

import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** IPv4 addresses to cut networks of 256 from. */
record AddressPool(int first, int prefix) {
    private static final Pattern CIDR =
            Pattern.compile("([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})/([0-9]{1,2})");
    private static final int NETWORK_PREFIX = 24;

    static AddressPool parse(String cidr) {
        Matcher matcher = CIDR.matcher(cidr);
        if (!matcher.matches() || Integer.parseInt(matcher.group(5)) > NETWORK_PREFIX) {
            throw new IllegalArgumentException("Not a pool of networks, as in 10.192.0.0/11: " + cidr);
        }
        int first = 0;
        for (int group = 1; group <= 4; group++) {
            first = first << 8 | Integer.parseInt(matcher.group(group));
        }
        return new AddressPool(first, Integer.parseInt(matcher.group(5)));
    }

    String subnet(SplittableRandom random) {
        int networks = 1 << (NETWORK_PREFIX - prefix);
        int address = first + (random.nextInt(networks) << (32 - NETWORK_PREFIX));
        return "%d.%d.%d.0/%d".formatted(address >>> 24, address >>> 16 & 255, address >>> 8 & 255, NETWORK_PREFIX);
    }
}
