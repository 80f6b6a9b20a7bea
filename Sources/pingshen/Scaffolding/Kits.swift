/// The kits, which every scaffold in their language gets a copy of: `Kits/python/pingshen_plugin.py` and
/// `Kits/node/pingshen_plugin.mjs`.
let pythonKit = String(decoding: PackageResources.pingshen_plugin_py, as: UTF8.self)
let nodeKit = String(decoding: PackageResources.pingshen_plugin_mjs, as: UTF8.self)
