package io.gantry.acceptance.driver;

import java.net.URI;

/** Where a platform's parts are reached. */
public interface Addresses {
    /** @param service the part's port, counted from the port base */
    URI at(int service, String path);

    int portBase();
}
