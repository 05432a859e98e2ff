package io.gantry.nodemanager.log;

import io.gantry.contract.InstanceId;

/** Why a part of an instance's log is missing, a sentence. */
record LogProblem(InstanceId instance, String problem) {}
