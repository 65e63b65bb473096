/// What the API server itself does to our pods before they start, by a MutatingAdmissionPolicy: its
/// text, made from the servo's configuration, and the settings of apps that it reads, kept in the
/// annotations of their namespaces.
///
/// Knows nothing of how settings are decided, nor of any server of ours that a pod would wait for.
@NullMarked
package io.multijob.servo.policy;

import org.jspecify.annotations.NullMarked;
