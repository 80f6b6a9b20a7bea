internal import CHostFiles

/// The kits, which every scaffold in their language gets a copy of: `Kits/python/pingshen_plugin.py` and
/// `Kits/node/pingshen_plugin.mjs`.
let pythonKit = CarriedFile.pythonKit.text
let nodeKit = CarriedFile.nodeKit.text
