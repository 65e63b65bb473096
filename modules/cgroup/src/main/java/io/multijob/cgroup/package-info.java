/// What the kernel says of a pod: where its control groups lie, what they have used, and when they
/// come, empty and go.
///
/// Covers cgroup v1, v2 and the hybrid of both, under the cgroupfs and the systemd driver, with any
/// prefix in front of the pods' part of the tree. A [io.multijob.cgroup.Group] is the same group in
/// every hierarchy that it lies in; [io.multijob.cgroup.PodFinder] finds a pod's by the pod's uid,
/// [io.multijob.cgroup.GroupReader] reads it, [io.multijob.cgroup.CgroupWatch] waits for the kernel
/// to say that something has changed.
///
/// Knows the JDK and nothing else: not Kubernetes, no logging, no reflection. Files are reached
/// only through [io.multijob.cgroup.CgroupFiles] and [io.multijob.cgroup.CgroupWatch], paths are
/// plain strings, so that the same code can be compiled to a native program that brings its own
/// two.
///
/// Sources of the formats: Documentation/admin-guide/cgroup-v2.rst and
/// Documentation/admin-guide/cgroup-v1/{cpuacct,memory}.rst of the Linux kernel.
@NullMarked
package io.multijob.cgroup;

import org.jspecify.annotations.NullMarked;
