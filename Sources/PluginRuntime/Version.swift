/// The release of the host, told to plugins for their logs. Compatibility is the protocol's affair, never this one's.
public let hostVersion = "0.1.0"
