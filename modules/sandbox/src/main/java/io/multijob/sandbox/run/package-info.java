/// A node for a sandbox's API server: a scheduler that binds, a kubelet that runs a pod's
/// containers as processes in control groups of their own, and a Job controller. It knows the API
/// server by HTTP only, like the real ones.
///
/// What is not as in a container, because there is no image and no namespace of its own:
///
/// - `image`, `volumes`, `volumeMounts`, `securityContext`, ports and probes are shown and
///   otherwise ignored; a command must be on this machine, and sees its files and processes;
/// - a container without `workingDir` starts in a directory that belongs to its pod;
/// - the first process gets TERM with its usual effect, where the first one of a process namespace
///   ignores it unless it says otherwise;
/// - `/dev/termination-log` cannot be private: a container finds the file for its last words in the
///   variable `TERMINATION_MESSAGE_PATH`;
/// - there are no ConfigMaps and Secrets: a container that asks for one waits with
///   `CreateContainerConfigError`.
///
/// As a startup probe would, but without a process in the pod that would count, a container of a
/// name that [io.multijob.sandbox.run.RunnerConfig#startLines()] has is taken for started when it
/// prints a line that begins as said there.
@NullMarked
package io.multijob.sandbox.run;

import org.jspecify.annotations.NullMarked;
