// Who sees the nouns of a review sees what they are made of: texts and places, exact numbers, documents.
@_exported public import ExactNumbers
@_exported public import Groundwork
@_exported public import JSONDocument
