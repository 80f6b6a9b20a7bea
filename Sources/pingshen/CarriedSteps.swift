internal import ArgumentParser
internal import ReviewPipeline
internal import SpecLoading

/// The step that a document describes, or what is wrong with the document and the exit.
func described(_ read: (step: FileStep?, document: LoadedSpec), _ reporter: Reporter) throws -> FileStep {
    if let step = read.step { return step }
    reporter.list(CheckedSpec(loaded: read.document))
    throw ExitCode.invalidSpec
}

/// The step that one of the program's own documents describes: which plugin a command asks is data, here as elsewhere.
func carried(_ document: [UInt8], as name: String, _ reporter: Reporter) throws -> FileStep {
    try described(FileStep.load(text: String(decoding: document, as: UTF8.self), as: name), reporter)
}
