/// Objects and their versions, in memory: one revision counter, transactions, immutable snapshots
/// and a bounded history of changes, as etcd keeps them. It knows nothing of what the objects mean
/// beyond their metadata, nor of HTTP.
@NullMarked
package io.multijob.sandbox.api.store;

import org.jspecify.annotations.NullMarked;
