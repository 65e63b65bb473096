package io.multijob.sandbox.run;

import io.multijob.sandbox.run.client.ApiClient;
import io.multijob.sandbox.run.pod.Node;
import io.multijob.sandbox.run.process.ContainerProcess.Launcher;

/// What all pods of a node have in common.
record PodRuntime(
    RunnerConfig config, Node node, Launcher launcher, StartGate gate, ApiClient client) {}
