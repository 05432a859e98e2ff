package io.gantry.deployer.leg;

/** What a transition brings about besides the next stage. */
public sealed interface Effect permits Message, Entry, Work {}
