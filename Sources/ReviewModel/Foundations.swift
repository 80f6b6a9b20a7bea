// Who sees the nouns of a review sees what they are made of: texts and places, exact numbers, documents, tables.
@_exported public import ExactNumbers
@_exported public import Groundwork
@_exported public import JSONDocument
@_exported public import Tables
