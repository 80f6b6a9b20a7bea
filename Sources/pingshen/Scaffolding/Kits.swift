/// The Python kit, `Kits/python/pingshen_plugin.py`, which every scaffold in Python gets a copy of.
let pythonKit = String(decoding: PackageResources.pingshen_plugin_py, as: UTF8.self)
