package io.gantry.contract.deployer;

import io.gantry.contract.ServiceName;
import io.gantry.contract.manifest.Manifest;

/** One version of one service, with all that is needed to build and run it. Versions of a service count from 1. */
public record Release(ServiceName service, int version, Bundle bundle, Manifest manifest) {}
