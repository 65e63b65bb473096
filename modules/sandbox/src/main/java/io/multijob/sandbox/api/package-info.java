/// An API server for pods and Jobs in one process: what a client of Kubernetes sees, over HTTP on
/// the loopback interface, with faults on demand. Nothing here runs a pod, nor knows what does.
@NullMarked
package io.multijob.sandbox.api;

import org.jspecify.annotations.NullMarked;
