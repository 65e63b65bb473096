package io.multijob.servo.watch;

/// An object as the API server sends it where a pod is expected: a pod; a bookmark, which is one of
/// that has only a version; or a `Status`, which tells what went wrong.
///
/// @param <T> the form in which pods are read
/// @param version its `resourceVersion`; empty in a status
/// @param failure what a `Status` says; its code is 0 in other objects
record ApiObject<T>(T pod, String version, Failure failure) {}
