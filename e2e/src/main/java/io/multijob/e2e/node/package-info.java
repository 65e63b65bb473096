/// What a node's kernel says of a pod's groups, read beside podmon and in other ways than it does:
/// the truth that figures are compared with.
///
/// Knows the kernel's files and events; not podmon, not Kubernetes.
@NullMarked
package io.multijob.e2e.node;

import org.jspecify.annotations.NullMarked;
