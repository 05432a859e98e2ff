package io.gantry.deployer.ledger;

import io.gantry.contract.deployer.Release;

/** Names what an image follows from: two builds of the same recipe give the same image. */
public interface Recipes {
    /** @return a digest of the bundle and of everything else that decides what is built from it */
    String of(Release release);
}
