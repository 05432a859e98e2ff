package io.gantry.machines.local;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** IPv4 addresses to cut networks of 256 from. */
record Subnets(int first, int prefix) {
    private static final Pattern CIDR =
            Pattern.compile("([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})/([0-9]{1,2})");
    private static final int OURS = 24;

    static Subnets parse(String cidr) {
        Matcher matcher = CIDR.matcher(cidr);
        if (!matcher.matches() || Integer.parseInt(matcher.group(5)) > OURS) {
            throw new IllegalArgumentException("Not a pool of networks, as in 10.224.0.0/12: " + cidr);
        }
        int first = 0;
        for (int group = 1; group <= 4; group++) {
            first = first << 8 | Integer.parseInt(matcher.group(group));
        }
        return new Subnets(first, Integer.parseInt(matcher.group(5)));
    }

    /** @param place any number; those that are far apart rarely get the same */
    String at(int place) {
        int address = first + (Math.floorMod(place, 1 << (OURS - prefix)) << (32 - OURS));
        return "%d.%d.%d.0/%d".formatted(address >>> 24, address >>> 16 & 255, address >>> 8 & 255, OURS);
    }
}
